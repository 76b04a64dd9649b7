import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export const appScheme = 'app';
const appOrigin = `${appScheme}://cultivar`;
export const appUrl = `${appOrigin}/index.html`;

/** Whether a frame with this URL is the app's own page. A prefix alone would let `app://cultivar.other/` pass. */
export const isAppUrl = (url: string) => url === appOrigin || url.startsWith(`${appOrigin}/`);

/** Nothing from anywhere but the app's own files, workers among them; no inline script or style, no eval, no connection, no frame, no form. */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data: blob:", "connect-src 'none'",
  "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The file that a URL of the app names inside `root`; null for another host, a path that leaves `root`, or an unknown kind of file. */
export function fileOfUrl(root: string, url: string): string | null {
  if (!isAppUrl(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(root, path === '/' || path === '' ? 'index.html' : path));
  return file.startsWith(normalize(root + sep)) && extname(file) in contentTypes ? file : null;
}

/** Answers requests of `app://cultivar/` with the built window's files. */
export const serveApp = (root: string) => async (request: Request): Promise<Response> => {
  const file = request.method === 'GET' ? fileOfUrl(root, request.url) : null;
  const body = file && (await readFile(file).catch(() => null));
  const headers = { 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff' };
  if (!file || !body) return new Response('Not found', { status: 404, headers: { ...headers, 'content-type': 'text/plain' } });
  return new Response(new Uint8Array(body), { headers: { ...headers, 'content-type': contentTypes[extname(file)] } });
};
