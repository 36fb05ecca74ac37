import { startCountdowns } from "./modules/countdown";
import { startDesk } from "./modules/desk";
import { startDrafts } from "./modules/drafts";
import { startGuard } from "./modules/guard";
import { startHelp } from "./modules/help";
import { startIntake } from "./modules/intake";
import { startKeys } from "./modules/keys";
import { startMenus } from "./modules/menus";
import { startPalette } from "./modules/palette";
import { startRows } from "./modules/rows";
import { startSearch } from "./modules/search";
import { startTheme } from "./modules/theme";
import { startWhy } from "./modules/why";
import { startWire } from "./modules/wire";

startWire();
startCountdowns();
startRows(); // before startKeys: a letter in an open menu is that menu's own
startKeys();
startSearch();
startIntake();
startPalette();
startHelp();
startMenus();
startTheme();
startGuard();
startDrafts();
startDesk();
startWhy();
