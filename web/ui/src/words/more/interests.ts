import interests from "../en/interests.json";
import { bring } from "../words.ts";

bring({ interests });
