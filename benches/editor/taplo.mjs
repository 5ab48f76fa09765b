// taplo's language server as its own extension runs it, spoken to through standard input and output, for `run.py`:
// the program from PyPI has none. `npm install @taplo/lsp@0.8.0` in the folder that is named first.
//
//   node benches/editor/taplo.mjs FOLDER
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const { TaploLsp } = createRequire(path.resolve(process.argv[2], "x.js"))("@taplo/lsp");
const nothing = async () => 0;
const environment = {
  now: () => new Date(),
  envVar: (name) => process.env[name],
  envVars: () => Object.entries(process.env),
  stdErrAtty: () => false,
  stdin: async () => new Uint8Array(),
  stdout: nothing,
  stderr: nothing,
  glob: () => [],
  readFile: async (file) => fs.readFileSync(file),
  writeFile: async () => {},
  urlToFilePath: (url) => (url.startsWith("file:") ? fileURLToPath(url) : undefined),
  isAbsolute: path.isAbsolute,
  cwd: () => process.cwd(),
  findConfigFile: () => undefined,
  fetch,
};
const server = await TaploLsp.initialize(environment, {
  onMessage(message) {
    const body = Buffer.from(JSON.stringify(message));
    process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
    process.stdout.write(body);
  },
});
let read = Buffer.alloc(0);
for await (const piece of process.stdin) {
  read = Buffer.concat([read, piece]);
  for (;;) {
    const end = read.indexOf("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(read.subarray(0, Math.max(end, 0)).toString())?.[1]);
    if (end < 0 || read.length < end + 4 + length) break;
    const message = JSON.parse(read.subarray(end + 4, end + 4 + length).toString());
    if (message.method === "exit") process.exit(0);
    server.send(message);
    read = read.subarray(end + 4 + length);
  }
}
