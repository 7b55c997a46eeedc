// A real OpenID provider for the tests. Whoever types MAIL:ok at its sign-in is that person, with a mail that is verified.
// MAIL:silent says nothing of that, as Microsoft Entra ID, MAIL:edov says it by xms_edov, and any other says that it isn't.
// A file of JSON says which of these mails are others by now.
// node provider.mjs FOLDER_WITH_OIDC_PROVIDER PORT ADDRESS_OF_THE_APP FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, app, mails] = process.argv.slice(2);
const found = createRequire(pathToFileURL(`${folder}/package.json`)).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(found).href);

const verified = (word) =>
  ({ ok: { email_verified: true }, silent: {}, edov: { xms_edov: "1" } })[word] ?? { email_verified: false };

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "restival",
      client_secret: "a secret of the tests",
      redirect_uris: [`${app}/sign-in/back`],
      post_logout_redirect_uris: [`${app}/sign-in`],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified", "xms_edov"], profile: ["name"] },
  cookies: { keys: ["of the tests"] },
  pkce: { required: () => true },
  loadExistingGrant: async ({ oidc }) => {
    // nobody is asked whether the app may know the mail
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  findAccount: (_, id) => {
    const [mail, word] = id.split(":");
    const claims = () => ({ sub: id, email: JSON.parse(readFileSync(mails))[mail] ?? mail, ...verified(word) });
    return { accountId: id, claims };
  },
});
provider.listen(Number(port), "127.0.0.1");
