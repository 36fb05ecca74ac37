import { startGuard } from "./modules/guard";
import { startCountdowns } from "./modules/countdown";

startGuard();
startCountdowns();
