import polls from "../en/polls.json";
import { bring } from "../words.ts";

bring({ polls });
