import surveying from "../en/surveying.json";
import { bring } from "../words.ts";

bring({ surveying });
