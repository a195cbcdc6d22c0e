/** The version of this Lampboard, inlined at the build; the root `package.json` holds it. */
export { version as VERSION } from '../../../../package.json';
