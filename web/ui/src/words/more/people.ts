import people from "../en/people.json";
import { bring } from "../words.ts";

bring({ people });
