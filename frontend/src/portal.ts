import { startPhotos } from "./modules/photos";
import { startChat } from "./modules/chat";
import { startGuard } from "./modules/guard";
import { startCountdowns } from "./modules/countdown";

startGuard();
startCountdowns();
startPhotos();
startChat();
