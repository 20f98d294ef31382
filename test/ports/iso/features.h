// The host's libstdc++ includes this; there is nothing to say.
#pragma once
