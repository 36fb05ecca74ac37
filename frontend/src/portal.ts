import { startPhotos } from "./modules/photos";
import { startGuard } from "./modules/guard";
import { startCountdowns } from "./modules/countdown";

startGuard();
startCountdowns();
startPhotos();
