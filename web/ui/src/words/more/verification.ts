import verification from "../en/verification.json";
import { bring } from "../words.ts";

bring({ verification });
