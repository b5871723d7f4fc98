import paging from "../en/paging.json";
import { bring } from "../words.ts";

bring({ paging });
