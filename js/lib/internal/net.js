// What net, dns and http share: questions about addresses.
'use strict';

const binding = internalBinding('net');

function isIP(text) {
  return binding.isIP(`${text}`);
}

module.exports = {
  isIP,
  isIPv4: (text) => isIP(text) === 4,
  isIPv6: (text) => isIP(text) === 6,
};
