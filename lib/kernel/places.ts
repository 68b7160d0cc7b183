import { organizationIn, PLACED_PAGES, type PlacedPage, type PlaceWords, placedAddress } from "./paths";

const PLACE_NAMES = Object.keys(PLACED_PAGES) as PlacedPage[];

/** `serve`: the page at this address answers. `move`: the browser is sent there. */
type Placing = { serve: string } | { move: string };

/** What happens to an address of an organization by the catalogue's words; undefined where the address stands. */
export function placing(pathname: string, places: PlaceWords): Placing | undefined {
  const organization = organizationIn(pathname);
  if (!organization) return undefined;
  const at = `/o/${organization}`;
  const asked = pathname.slice(at.length);
  const named = PLACE_NAMES.find((name) => placedAddress(name, places).split("#")[0] === asked);
  if (named) return asked === PLACED_PAGES[named] ? undefined : { serve: `${at}${PLACED_PAGES[named]}` };
  const plain = PLACE_NAMES.find((name) => PLACED_PAGES[name] === asked);
  return plain && { move: `${at}${placedAddress(plain, places)}` };
}
