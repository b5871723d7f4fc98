import outcome from "../en/outcome.json";
import { bring } from "../words.ts";

bring({ outcome });
