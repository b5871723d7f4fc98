import natures from "../en/natures.json";
import { bring } from "../words.ts";

bring({ natures });
