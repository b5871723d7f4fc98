import awards from "../en/awards.json";
import { bring } from "../words.ts";

bring({ awards });
