import { startTicket } from "../ticket/page";

startTicket();
