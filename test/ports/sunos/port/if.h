// if(4P).
#pragma once
