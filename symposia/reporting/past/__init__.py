"""An organisation's past, brought by files: activities, credit of learners, disclosures."""
