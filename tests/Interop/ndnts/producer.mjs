// producer.mjs --face URI [--via URI] [--freshness MS] [--suffix NAME] PREFIX
// Serves every Interest under a prefix with Data that counts the Interests it has seen, until standard input ends.
import { produce } from "@ndn/endpoint";
import { Data, digestSigning, Name } from "@ndn/packet";
import { openProducerFace, readOptions, serveUntilClosed } from "./lib.mjs";

const { values, positionals: [prefix] } = readOptions({
  via: { type: "string" },
  freshness: { type: "string", default: "0" },
  suffix: { type: "string", default: "/" },
});
const registered = await openProducerFace(values.face, values);
let count = 0;
produce(prefix, async (interest) => {
  const name = interest.canBePrefix ? interest.name.append(...new Name(values.suffix).comps) : interest.name;
  const fields = [interest.canBePrefix && "CanBePrefix", interest.mustBeFresh && "MustBeFresh"].filter(Boolean);
  const content = [`answer ${++count}`, `hop limit ${interest.hopLimit}`, ...fields].join(", ");
  return new Data(name, Data.FreshnessPeriod(Number(values.freshness)), new TextEncoder().encode(content));
}, { dataSigner: digestSigning, concurrency: 16 });
await registered(prefix);
serveUntilClosed(prefix);
