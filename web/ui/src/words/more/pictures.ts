import pictures from "../en/pictures.json";
import { bring } from "../words.ts";

bring({ pictures });
