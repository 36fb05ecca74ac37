import { startCountdowns } from "./modules/countdown";
import { startGuard } from "./modules/guard";
import { startKeys } from "./modules/keys";
import { startMenus } from "./modules/menus";
import { startRows } from "./modules/rows";
import { startTheme } from "./modules/theme";
import { startWire } from "./modules/wire";

startWire();
startCountdowns();
startRows(); // before startKeys: a letter in an open menu is that menu's own
startKeys();
startMenus();
startTheme();
startGuard();
