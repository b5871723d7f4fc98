import rosters from "../en/rosters.json";
import { bring } from "../words.ts";

bring({ rosters });
