import { startCountdowns } from "./modules/countdown";
import { startGuard } from "./modules/guard";
import { startKeys } from "./modules/keys";
import { startMenus } from "./modules/menus";
import { startTheme } from "./modules/theme";
import { startWire } from "./modules/wire";

startWire();
startCountdowns();
startKeys();
startMenus();
startTheme();
startGuard();
