import ask from "../en/ask.json";
import { bring } from "../words.ts";

bring({ ask });
