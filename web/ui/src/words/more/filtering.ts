import filtering from "../en/filtering.json";
import { bring } from "../words.ts";

bring({ filtering });
