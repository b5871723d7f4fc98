import signin from "../en/signin.json";
import { bring } from "../words.ts";

bring({ signin });
