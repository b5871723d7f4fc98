import surveys from "../en/surveys.json";
import { bring } from "../words.ts";

bring({ surveys });
