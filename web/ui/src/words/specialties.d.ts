/** Made by build/specialties.ts of the server's own list. */
declare module "virtual:specialties/*" {
  const byCode: Readonly<Record<string, string>>;
  export default byCode;
}
