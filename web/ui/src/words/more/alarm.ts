import alarm from "../en/alarm.json";
import { bring } from "../words.ts";

bring({ alarm });
