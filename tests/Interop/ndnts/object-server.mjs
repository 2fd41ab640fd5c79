// object-server.mjs --face URI [--via URI] [--mtu N] NAME FILE
// Serves a file as a segmented, versioned object with RDR metadata, until standard input ends.
import { serveMetadata } from "@ndn/rdr";
import { FileChunkSource, serveVersioned } from "@ndn/segmented-object";
import { digestSigning } from "@ndn/packet";
import { openProducerFace, readOptions, serveUntilClosed } from "./lib.mjs";

const { values, positionals: [name, file] } = readOptions({
  via: { type: "string" },
  mtu: { type: "string", default: "0" },
});
const registered = await openProducerFace(values.face, { via: values.via, mtu: Number(values.mtu) });
const { prefix } = serveVersioned(name, new FileChunkSource(file, { chunkSize: 7000 }));
serveMetadata({ name: prefix, encodeTo: (encoder) => encoder.encode(prefix) }, {
  pOpts: { dataSigner: digestSigning, announcement: false },
});
await registered(name);
serveUntilClosed(prefix);
