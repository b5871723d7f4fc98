import security from "../en/security.json";
import { bring } from "../words.ts";

bring({ security });
