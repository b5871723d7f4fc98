import looks from "../en/looks.json";
import { bring } from "../words.ts";

bring({ looks });
