import { startStudy } from "../study/page";

void startStudy();
