import opinions from "../en/opinions.json";
import { bring } from "../words.ts";

bring({ opinions });
