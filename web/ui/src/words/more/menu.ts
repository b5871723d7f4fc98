import menu from "../en/menu.json";
import { bring } from "../words.ts";

bring({ menu });
