// object-fetch.mjs --face URI [--discover rdr|prefix|none] [--via URI --mtu N] NAME
// Fetches a segmented object and prints its size, its SHA-256 and how many segments came. With an MTU, the node is told over
// another face to cut what it sends to this one's socket.
import { createHash } from "node:crypto";
import { digestSigning, Name } from "@ndn/packet";
import { retrieveMetadata } from "@ndn/rdr";
import { discoverVersion, fetch } from "@ndn/segmented-object";
import { openFace, openSmallFace, print, readOptions } from "./lib.mjs";

const { values, positionals: [given] } = readOptions({
  discover: { type: "string", default: "rdr" },
  via: { type: "string" },
  mtu: { type: "string" },
});
await (values.mtu ? openSmallFace(values.face, values.via, Number(values.mtu)) : openFace(values.face));
const cOpts = { retx: 3, verifier: digestSigning };
const discover = {
  rdr: async (name) => (await retrieveMetadata(name, cOpts)).name,
  prefix: (name) => discoverVersion(name, { cOpts }),
  none: async (name) => name,
};
const name = await discover[values.discover](new Name(given));
const fetching = fetch(name, { verifier: digestSigning });
const hash = createHash("sha256");
let octets = 0;
for await (const chunk of fetching.chunks()) {
  hash.update(chunk);
  octets += chunk.length;
}
print({ name, octets, sha256: hash.digest("hex"), segments: fetching.count });
process.exit();
