import archive from "../en/archive.json";
import { bring } from "../words.ts";

bring({ archive });
