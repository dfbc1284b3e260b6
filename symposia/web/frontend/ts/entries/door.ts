import { startDoor } from "../door";

startDoor();
