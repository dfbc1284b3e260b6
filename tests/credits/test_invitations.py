from symposia.credits.invitations import designated_credit
from symposia.outreach.facts import lines_of
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory
