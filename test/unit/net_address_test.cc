// Addresses: text to sockaddr and back.
#include "net/address.h"

#include <gtest/gtest.h>

#include <string>

namespace node::net {
namespace {

TEST(NetAddress, KnowsVersions) {
  EXPECT_EQ(ip_version("127.0.0.1"), 4);
  EXPECT_EQ(ip_version("::1"), 6);
  EXPECT_EQ(ip_version("::ffff:1.2.3.4"), 6);
  EXPECT_EQ(ip_version("fe80::1%99"), 6);
  for (const char* bad :
       {"", "1.2.3", "256.1.1.1", "01.1.1.1", "1.2.3.4 ", "::1%", "fe80::1%a b", ":::", "host"}) {
    EXPECT_EQ(ip_version(bad), 0) << bad;
  }
}

TEST(NetAddress, RoundTrips) {
  Address address;
  ASSERT_TRUE(address.set_ip("10.1.2.3", 8124));
  EXPECT_EQ(address.text(), "10.1.2.3");
  EXPECT_EQ(address.port(), 8124);
  ASSERT_TRUE(address.set_ip("2001:db8::7", 65535));
  EXPECT_EQ(address.text(), "2001:db8::7");
  EXPECT_EQ(address.port(), 65535);
  EXPECT_FALSE(address.set_ip("localhost", 1));
}

TEST(NetAddress, ShowsMappedV4Plainly) {
  Address address;
  ASSERT_TRUE(address.set_ip("::ffff:127.0.0.1", 1));
  EXPECT_EQ(address.text(true), "127.0.0.1");
  EXPECT_EQ(address.shown_family(true), AF_INET);
  EXPECT_EQ(address.text(false), "::ffff:127.0.0.1");
  EXPECT_EQ(address.shown_family(false), AF_INET6);
}

TEST(NetAddress, Paths) {
  Address address;
  ASSERT_TRUE(address.set_path("/tmp/x"));
  EXPECT_EQ(address.text(), "/tmp/x");
  EXPECT_EQ(address.port(), 0);
  const std::string abstract("\0name", 5);
  ASSERT_TRUE(address.set_path(abstract));
  EXPECT_EQ(address.text(), abstract);
  EXPECT_FALSE(address.set_path(""));
  EXPECT_FALSE(address.set_path(std::string(200, 'x')));
}

}  // namespace
}  // namespace node::net
