import darkroom from "../en/darkroom.json";
import { bring } from "../words.ts";

bring({ darkroom });
