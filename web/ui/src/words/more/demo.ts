import demo from "../en/demo.json";
import { bring } from "../words.ts";

bring({ demo });
