// tls: certificates as plain objects.
'use strict';

const toX509 = (der) => new (require('crypto').X509Certificate)(der);
const toObject = (der) => toX509(der).toLegacyObject();

// Each object's issuerCertificate is the next; that of one that has issued itself is it itself.
function chainToObject(chain) {
  const objects = chain.map(toObject);
  objects.forEach((object, i) => {
    if (i + 1 < objects.length) object.issuerCertificate = objects[i + 1];
    else if (isSelfIssued(chain[i])) object.issuerCertificate = object;
  });
  return objects[0];
}

function isSelfIssued(der) {
  const x509 = toX509(der);
  return x509.checkIssued(x509);
}

// The chain's certificates as X509Certificate; each knows its issuer.
function chainToX509(chain) {
  const list = chain.map(toX509);
  list.forEach((cert, i) => {
    if (i + 1 < list.length) Object.defineProperty(cert, 'issuerCertificate', { value: list[i + 1], configurable: true });
  });
  return list[0];
}

module.exports = { chainToObject, chainToX509, toObject, toX509 };
