import measured from "../en/measured.json";
import { bring } from "../words.ts";

bring({ measured });
