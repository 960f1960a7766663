import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';

const ROOT = path.join(__dirname, '..');

interface Locked {
  license?: string;
  dev?: boolean;
  optional?: boolean;
  peer?: boolean;
  os?: string[];
}

const {packages} = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** What may come with an Apache-2.0 package, or build it, without conditions on what others make of it. */
const PERMISSIVE = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT'],
  ...['OFL-1.1', 'Python-2.0', 'Unlicense'],
];

/** Licenses that bind changes of the files themselves: for what is installed beside, never for what is shipped. */
const BESIDE = [...PERMISSIVE, 'LGPL-3.0-or-later', 'MPL-2.0'];

/** Named by a text instead of an expression; read by hand. */
const READ = {'dejavu-fonts-ttf': 'SEE LICENSE IN README.md AND LICENSE'} as Record<string, string>;

const nameOf = (place: string) => place.replace(/^.*node_modules\//, '');

function licenseOf(place: string): string | undefined {
  const file = path.join(ROOT, place, 'package.json');
  return (
    packages[place].license ?? (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).license : undefined)
  );
}

/** Whether an SPDX expression needs nothing but licenses of a list: one side of OR, both sides of AND. */
function isAllowed(expression: string, allowed: string[]): boolean {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((side) => side.split(' AND ').every((license) => allowed.includes(license)));
}

const places = Object.keys(packages).filter((place) => place !== '');

test('an expression is allowed by one side of OR, and both of AND', (t) => {
  t.true(isAllowed('(MIT OR GPL-3.0-only)', PERMISSIVE));
  t.false(isAllowed('MIT AND GPL-3.0-only', PERMISSIVE));
  t.false(isAllowed('GPL-3.0-only', BESIDE));
});

test('every package that is installed has a license of the list', (t) => {
  const wrong = places.filter((place) => {
    const license = licenseOf(place);
    if (license === READ[nameOf(place)]) return false;
    // The lock says nothing of packages for other platforms, which are not installed here.
    if (license === undefined) return !packages[place].optional && packages[place].os === undefined;
    return !isAllowed(license, BESIDE);
  });
  t.deepEqual(wrong, []);
});

test('what users get with the package has permissive licenses: its peers, and what the build takes in', (t) => {
  const {peerDependencies} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  const wrong = [...Object.keys(peerDependencies), 'commander']
    .filter((name) => packages[`node_modules/${name}`])
    .filter((name) => !isAllowed(licenseOf(`node_modules/${name}`) ?? '', PERMISSIVE));
  t.deepEqual(wrong, []);
});
