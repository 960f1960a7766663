import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';

/** File contents by their path without a leading slash: `{'index.html': '<!doctype html>…'}`. */
export type ServedFiles = Record<string, string | Uint8Array>;

export interface ServeOptions {
  /** Whether pages are cross-origin isolated (COOP and COEP), which SharedArrayBuffer and wasm threads need. */
  isolated?: boolean;
}

export interface StaticServer {
  /** `http://127.0.0.1:port/`. */
  url: string;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves a directory, or files in memory, on a free port of 127.0.0.1. */
export async function serve(
  source: string | ServedFiles,
  {isolated = false}: ServeOptions = {},
): Promise<StaticServer> {
  const server = createServer(async (request, response) => {
    // The URL parser has resolved every `..` by itself.
    const {pathname} = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = decodeURIComponent(pathname)
      .slice(1)
      .replace(/(^|\/)$/, '$1index.html');
    const body = await load(source, name);
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, {'Content-Type': type, ...(isolated ? ISOLATION : {})}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise<void>((resolve, fail) => {
        server.close((error) => (error ? fail(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function load(source: string | ServedFiles, name: string): Promise<string | Uint8Array | undefined> {
  if (typeof source !== 'string') return Object.hasOwn(source, name) ? source[name] : undefined;
  try {
    return await readFile(path.join(source, name));
  } catch {
    return undefined;
  }
}
